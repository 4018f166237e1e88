import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startData } from './stores/data.ts';
import { startDisputes } from './stores/disputes.ts';
import { startLooking } from './stores/looking.ts';
import { startFindings } from './stores/findings.ts';
import { startImports } from './stores/imports.ts';
import { startMappings } from './stores/mappings.ts';
import { startWatch } from './stores/watch.ts';
import { startIncentives } from './stores/incentives.ts';
import { startInvoices } from './stores/invoices.ts';
import { startJobs } from './stores/jobs.ts';
import { startMatching } from './stores/matching.ts';
import { startTyped } from './stores/deadlines.ts';
import { startMonth } from './stores/month.ts';
import { startScopes } from './stores/scopes.ts';
import { startSession } from './stores/session.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/grid.css';
import './styles/parts.css';
import './styles/month.css';
import './styles/import.css';
import './styles/reconcile.css';
import './styles/findings.css';
import './styles/incentives.css';
import './styles/invoices.css';
import './styles/after-mailing.css';
import './styles/settings.css';

for (const start of [
  startSession,
  startJobs,
  startMonth,
  startData,
  startDisputes,
  startLooking,
  startImports,
  startMappings,
  startWatch,
  startFindings,
  startIncentives,
  startInvoices,
  startMatching,
  startScopes,
  startTyped,
])
  start();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
