import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { IncentiveShare, PlanProgress } from '../../electron/core/incentive-share.ts';
import { bigintText } from '../bigint-json.ts';

interface SumOfShares {
  readonly plan: string;
  readonly way: string;
  readonly rate: bigint | null;
  readonly customerKey: string | null;
  readonly customerName: string | null;
  base: bigint;
  computed: bigint;
  stated: bigint;
  rows: bigint;
}

const schema = `CREATE TABLE share (
  plan TEXT NOT NULL, way TEXT NOT NULL, rate INTEGER, customer_key TEXT, customer_name TEXT, base INTEGER NOT NULL, computed INTEGER NOT NULL,
  stated INTEGER NOT NULL, rows INTEGER NOT NULL
) STRICT;
CREATE TABLE plan (plan TEXT NOT NULL, body TEXT NOT NULL) STRICT`;

/** Adds up what the judgements of performance ↔ incentive come to, and writes the sums into a file of their own. */
export class ShareSums {
  readonly #shares = new Map<string, SumOfShares>();
  readonly #plans: PlanProgress[] = [];

  clear(): void {
    this.#shares.clear();
    this.#plans.length = 0;
  }
  /** Adds a share to those of its plan, way, rate and customer. */
  add({ plan, way, rate, base, computed, stated }: IncentiveShare, customerKey: string | null, customerName: string | undefined): void {
    const key = JSON.stringify([plan, way, rate === undefined ? null : String(rate), customerKey]);
    const sum = this.#shares.get(key) ?? {
      plan,
      way,
      rate: rate ?? null,
      customerKey,
      customerName: customerName ?? null,
      base: 0n,
      computed: 0n,
      stated: 0n,
      rows: 0n,
    };
    this.#shares.set(key, sum);
    sum.base += base;
    sum.computed += computed;
    sum.stated += stated;
    sum.rows += 1n;
  }
  plan(plan: PlanProgress): void {
    this.#plans.push(plan);
  }
  /** What stands under the name of `file` is always whole: it is written beside it and renamed at the end. */
  write(file: string): void {
    const part = `${file}.${process.pid}.part`;
    fs.rmSync(part, { force: true });
    try {
      this.#writePart(part);
      fs.renameSync(part, file);
    } finally {
      fs.rmSync(part, { force: true });
    }
  }
  #writePart(part: string): void {
    const db = new Database(part);
    try {
      db.pragma('journal_mode = OFF');
      db.exec(`${schema}; BEGIN`);
      const share = db.prepare(
        'INSERT INTO share VALUES (:plan, :way, :rate, :customerKey, :customerName, :base, :computed, :stated, :rows)',
      );
      for (const sum of this.#shares.values()) share.run(sum);
      const plan = db.prepare('INSERT INTO plan VALUES (?, ?)');
      for (const one of this.#plans) plan.run(one.plan, JSON.stringify(one, bigintText));
      db.exec('COMMIT');
    } finally {
      db.close();
    }
  }
}
