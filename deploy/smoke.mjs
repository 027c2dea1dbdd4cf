// Uploads a file to a deployment and follows it: the ledger has to say that it was read, and Kinesis has to bring its change.
//
//   node deploy/smoke.mjs dev                        the stack sluice-dev, in the region and with the credentials that the
//                                                    AWS SDK finds
//   node deploy/smoke.mjs target/local-cloud.json    the local cloud
//   node deploy/smoke.mjs dev my.csv orders/my.csv   another file, and the key that it gets
//
// {now} in the file becomes the time, so that its row changes each time and the change can be told from others.
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

// Of versions to come; package.json pins one that runs on Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const LONGEST = 180_000; // a first call has to start, and Lambda repeats one that failed after a minute
const PAUSE = 1_000; // a shard may be read five times a second, by all who read it
const FINAL = ['done', 'failed', 'ignored', 'missing', 'removed', 'superseded'];

const [where, file = 'deploy/smoke.csv', key = 'subdivisions/smoke.csv'] = process.argv.slice(2);
const begun = Date.now();

class Refused extends Error {}

const say = (line) => console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}`);

// What there is of a stage, by the outputs of its stack.
async function deployed(stage) {
  const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: `sluice-${stage}` }));
  const outputs = Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const { FilesBucketName: bucket, LedgerTableName: ledger, ChangesStreamName: stream } = outputs;
  return { bucket, ledger, stream, at: () => ({}) };
}

async function local(json) {
  const { endpoints, region, bucket, ledgerTable: ledger, stream } = JSON.parse(await readFile(json, 'utf8'));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
  const at = (service) => ({
    endpoint: endpoints[service],
    region,
    credentials,
    forcePathStyle: true,
    requestHandler: new NodeHttpHandler(), // Kinesis' own speaks HTTP/2
  });
  return { bucket, ledger, stream, at };
}

// Asks until there is an answer.
async function until(ask, otherwise) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() - begun > LONGEST) throw new Refused(`After ${LONGEST / 1000} s ${otherwise}`);
    await pause(PAUSE);
  }
}

// A reader of what comes into the stream from now on.
async function tail(kinesis, stream) {
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
  const iterators = await Promise.all(Shards.map(async ({ ShardId }) => {
    const from = { StreamName: stream, ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(begun - 5_000) };
    return (await kinesis.send(new GetShardIteratorCommand(from))).ShardIterator;
  }));
  return async () => {
    const events = [];
    for (const [shard, iterator] of iterators.entries()) {
      if (!iterator) continue; // the shard is at its end
      const { Records, NextShardIterator } = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator }));
      iterators[shard] = NextShardIterator;
      events.push(...Records.flatMap(({ Data }) => JSON.parse(Buffer.from(Data).toString('utf8')))); // one event or several
    }
    return events;
  };
}

async function run() {
  if (!where) throw new Refused('Name a stage, or the file that tells where the local cloud is: node deploy/smoke.mjs dev');
  const { bucket, ledger, stream, at } = await (where.endsWith('.json') ? local(where) : deployed(where));
  const now = new Date().toISOString();
  const body = (await readFile(file, 'utf8')).replaceAll('{now}', now);
  if (!body.includes(now)) throw new Refused(`${file} needs {now} in a column, to tell its change from others.`);

  const events = await tail(new KinesisClient(at('kinesis')), stream);
  const { VersionId } = await new S3Client(at('s3')).send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  say(`uploaded s3://${bucket}/${key}`);

  const dynamo = new DynamoDBClient(at('dynamodb'));
  const id = { S: Buffer.from(`${bucket}/${key}`).toString('base64url') };
  const entry = await until(async () => {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: ledger, Key: { id }, ConsistentRead: true }));
    // Of a key that no feed takes the version is not even looked up.
    const isOurs = Item?.version.S === VersionId || Item?.state.S === 'ignored';
    return isOurs && FINAL.includes(Item.state.S) ? Item : undefined;
  }, 'the ledger does not say that it was read: see the log of the reader, and the dead letters.');
  if (entry.state.S !== 'done') {
    throw new Refused(`The ledger says ${entry.state.S}: ${entry.reason.S} ${entry.message.S}`.trim());
  }
  say(`the ledger says done, rows: ${entry.rows.N}, rejects: ${entry.rejects.N}`);

  const isOurs = (event) => JSON.stringify(event.data?.after ?? null).includes(now);
  const event = await until(
    async () => (await events()).find(isOurs),
    'no change of its rows has come: see the log of the forwarder, and the dead letters.',
  );
  say(`Kinesis has ${event.type} of ${event.subject}`);
}

run().catch((e) => {
  console.error(e instanceof Refused ? e.message : e);
  process.exitCode = 1;
});
