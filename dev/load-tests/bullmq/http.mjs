// A minimal HTTP server that adds a job with BullMQ for each request. Argument: where Redis is. Prints its port.
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createServer } from 'node:http';

const queue = new Queue('http', { connection: new Redis(process.argv[2], { maxRetriesPerRequest: null }) });

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const { kind, payload } = JSON.parse(Buffer.concat(chunks));
    const job = await queue.add(kind, payload);
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: job.id }));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
