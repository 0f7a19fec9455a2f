// BullMQ doing what the load test of jobs lets Frontdesk do. Reads a line per round from standard input, "add" for a round
// that only adds jobs one by one, and answers with lines "name value" and "done". Arguments: where Redis is, jobs a round, and how many adders there are.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createInterface } from 'node:readline';

const connection = new Redis(process.argv[2], { maxRetriesPerRequest: null });
const jobs = Number(process.argv[3]);
const adders = Number(process.argv[4]);
const BULK = 1000;
let round = 0;

const rate = async (count, work) => {
  const begun = performance.now();
  const ended = (await work()) ?? performance.now();
  return (1000 * count) / (ended - begun);
};

const addOneByOne = (queue, count) =>
  Promise.all(
    Array.from({ length: adders }, async (_, adder) => {
      for (let i = adder; i < count; i += adders) await queue.add('no-op', { number: i });
    }),
  );

const addBulk = async (queue, count) => {
  for (let i = 0; i < count; i += BULK) {
    await queue.addBulk(Array.from({ length: Math.min(BULK, count - i) }, (_, n) => ({ name: 'no-op', data: { number: i + n } })));
  }
};

// Says when the last one was completed. Its worker is gone by then, or it would take jobs of the next phase.
const processAll = (queue, count, concurrency, handle = async () => {}) =>
  new Promise((resolve) => {
    let completed = 0;
    const worker = new Worker(queue.name, handle, { connection, concurrency });
    worker.on('completed', async () => {
      if (++completed === count) {
        const ended = performance.now();
        await worker.close();
        resolve(ended);
      }
    });
  });

const percentile = (values, share) => values.sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];

/** Jobs that come due evenly at half of what can be processed: how long after that they begin. */
const dueToStart = async (queue, perSecond, seconds) => {
  const count = Math.floor((perSecond / 2) * seconds);
  const first = Date.now() + 3000;
  const due = (i) => first + (i * seconds * 1000) / count;
  for (let i = 0; i < count; i += BULK) {
    const until = Math.min(count, i + BULK);
    const bulk = [];
    for (let n = i; n < until; n++) bulk.push({ name: 'no-op', data: { due: due(n) }, opts: { delay: Math.max(0, due(n) - Date.now()) } });
    await queue.addBulk(bulk);
  }
  const late = [];
  await processAll(queue, count, 5, async (job) => void late.push(Date.now() - job.data.due));
  return late;
};

for await (const line of createInterface({ input: process.stdin })) {
  const queue = new Queue(`baseline-${round++}`, { connection });
  const tell = (name, value) => console.log(`${name} ${value}`);
  tell('added_one_by_one', await rate(jobs, async () => void (await addOneByOne(queue, jobs))));
  if (line !== 'add') {
    const five = await rate(jobs, () => processAll(queue, jobs, 5));
    tell('processed_5', five);
    tell('added_bulk', await rate(jobs, () => addBulk(queue, jobs)));
    tell('processed_50', await rate(jobs, () => processAll(queue, jobs, 50)));
    const late = await dueToStart(queue, five, 5);
    tell('due_to_start_p50', percentile(late, 0.5));
    tell('due_to_start_p99', percentile(late, 0.99));
  }
  await queue.obliterate({ force: true });
  await queue.close();
  console.log('done');
}
process.exit(0);
