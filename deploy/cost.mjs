// What a million rows cost, and what a stage costs that does nothing, as the tables of docs/deploying.md. The processor times
// are those of docs/performance.md (C1, quiet), but for one; the prices are us-east-1's, without what is free.
//
//   node deploy/cost.mjs                 rows of 500 bytes, whose change events have 700
//   node deploy/cost.mjs 3000 6500       larger ones

const PRICE = {
  writeUnit: 0.625 / 1e6, // DynamoDB on demand, 1 KB each
  tableGb: 0.25 + 0.2, // a month, with point-in-time recovery
  streamHour: 0.04, // Kinesis on demand
  streamInGb: 0.08, // each record counts in whole KB
  streamOutGb: 0.04,
  gbSecond: 0.0000133334, // Lambda, arm64
  warmGbSecond: 0.0000033334, // provisioned concurrency
  call: 0.2 / 1e6,
  message: 0.4 / 1e6, // SQS
  alarmMetric: 0.1, // a month
  customMetric: 0.3, // a month
  dashboard: 3, // a month
  endpointHour: 0.01, // each interface endpoint in each zone
};
const KB = 1024;
const GB = KB ** 3;
const MILLION = 1e6;
const HOURS = 730; // a month's
const RECORD_OVERHEAD = 100; // DynamoDB counts so many bytes more of each item it stores
const VCPU_GB = 1769 / KB; // one whole vCPU

const [rowBytes = 500, eventBytes = 700] = process.argv.slice(2).map(Number);

const kilobytes = (bytes) => Math.ceil(bytes / KB);
const dollars = (amount) => `$${amount.toFixed(amount < 1 ? 3 : 2)}`;
const lambda = (micros, gb, calls) => (MILLION * micros * 1e-6) * gb * PRICE.gbSecond + calls * PRICE.call;

function table(head, rows, total) {
  const sum = rows.reduce((all, [, , amount]) => all + amount, 0);
  const lines = rows.map(([what, how, amount]) => `| ${what} | ${how} | ${dollars(amount)} |`);
  if (total) lines.push(`| **${total}** | | **${dollars(sum)}** |`);
  return [`| ${head} | how | us-east-1 |`, '|---|---|---|', ...lines].join('\n');
}

console.log([
  table('a million new or changed rows', [
    ['writing them', `${kilobytes(rowBytes)} write unit each`, MILLION * kilobytes(rowBytes) * PRICE.writeUnit],
    ['their events into Kinesis', `${kilobytes(eventBytes)} KB each`, (MILLION * kilobytes(eventBytes) * KB / GB) * PRICE.streamInGb],
    ['events out of Kinesis', 'processor and live', (2 * MILLION * eventBytes / GB) * PRICE.streamOutGb],
    ['reader', '34 us of a vCPU each, 25 rows a request', lambda(34, VCPU_GB, 10)],
    ['forwarder', '13 us, 1,000 changes a call', lambda(13, VCPU_GB, MILLION / 1000)],
    // Not measured: more than the forwarder's, of an event that is read and given to consumers.
    ['processor and live', '20 us each, assumed, 500 events a call', 2 * lambda(20, VCPU_GB, MILLION / 500)],
  ], 'together'),
  '',
  table('on top', [
    ['a million objects', 'the ledger, its index and its tallies, 17 write units each', 17 * MILLION * PRICE.writeUnit],
    ['`mode: snapshot` or `on-delete: remove`', 'the index `bySource`', MILLION * kilobytes(200) * PRICE.writeUnit],
    ['keeping a million rows for a month', 'with point-in-time recovery', (MILLION * (rowBytes + RECORD_OVERHEAD) / GB) * PRICE.tableGb],
    ['the same file again', 'written, but no change', MILLION * kilobytes(rowBytes) * PRICE.writeUnit],
  ]),
  '',
  table('a month in which nothing happens', [
    ['the Kinesis stream', 'on demand', HOURS * PRICE.streamHour],
    ['three queues', 'Lambda asks each 5 times in 20 s', 3 * (5 / 20) * 3600 * HOURS * PRICE.message],
    ['alarms', '25 metrics; 11 with `topology=single`', 25 * PRICE.alarmMetric],
    ['the dashboard', 'one; an account has three for free', PRICE.dashboard],
    ['the metric `OldestWaiting`', 'a custom one', PRICE.customMetric],
    ['`EventCount` of what calls live', 'six custom ones at most; none with `topology=single`', 6 * PRICE.customMetric],
  ], 'together'),
  '',
  table('choices, a month', [
    ['`vpc=on`', 'two interface endpoints in two zones', 4 * HOURS * PRICE.endpointHour],
    ['`provisioned=1`', '1 GB kept warm', 3600 * HOURS * PRICE.warmGbSecond],
    ['`ingest=queue`', 'one queue more', (5 / 20) * 3600 * HOURS * PRICE.message],
  ]),
].join('\n'));
