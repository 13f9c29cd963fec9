// transformers.js over the same ONNX file and the same texts, the way its users do: batches in arrival order, padded to the longest.
// usage: node transformers-js.mjs MODEL PAIRS.jsonl --batch N --threads N [--pairs N] [--rounds N] [--scores F] [--calls F]
// Prints one JSON line a round: pairs, seconds, cpu_seconds, pairs_per_second.
// With --calls a line of each call is appended to a file: unix seconds of its begin and end, index of its first pair, how many.
// Install with `npm install --ignore-scripts`: the provider for the CPU comes with the package, the script only fetches one for CUDA.
import { appendFileSync, mkdtempSync, mkdirSync, symlinkSync, copyFileSync, writeFileSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AutoModelForSequenceClassification, AutoTokenizer, env } from '@huggingface/transformers';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: 'string', default: '32' },
    threads: { type: 'string', default: '1' },
    pairs: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    scores: { type: 'string' },
    calls: { type: 'string' },
  },
});
const [model, pairsFile] = positionals;
if (!model || !pairsFile) {
  console.error('usage: node transformers-js.mjs MODEL PAIRS.jsonl [--batch N] [--threads N] [--pairs N] [--rounds N] [--scores F] [--calls F]');
  process.exit(2);
}

const batch = Number(values.batch);
const pairs = readFileSync(pairsFile, 'utf8').split('\n').filter(line => line.trim() !== '').map(line => JSON.parse(line))
  .slice(0, values.pairs ? Number(values.pairs) : undefined);
const root = hubLayout(resolve(model));
try {
  env.allowRemoteModels = false;
  env.localModelPath = root;
  const tokenizer = await AutoTokenizer.from_pretrained('model');
  const encoder = await AutoModelForSequenceClassification.from_pretrained('model', {
    dtype: 'fp32', // The name of the file to load, model.onnx, whatever its weights are.
    device: 'cpu',
    session_options: { intraOpNumThreads: Number(values.threads), interOpNumThreads: 1 },
  });

  await score(pairs.slice(0, batch));
  for (let round = 0; round < Number(values.rounds); round++) {
    const before = process.cpuUsage();
    const start = process.hrtime.bigint();
    const scores = [];
    for (let i = 0; i < pairs.length; i += batch) {
      const chunk = pairs.slice(i, i + batch);
      const began = Date.now();
      scores.push(...await score(chunk));
      if (values.calls)
        appendFileSync(values.calls, `${began / 1000} ${Date.now() / 1000} ${i} ${chunk.length}\n`);
    }
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const used = process.cpuUsage(before);
    console.log(JSON.stringify({
      peer: `transformers.js ${env.version}`, batch, threads: Number(values.threads), pairs: pairs.length, seconds,
      cpu_seconds: (used.user + used.system) / 1e6, pairs_per_second: pairs.length / seconds,
    }));
    if (values.scores)
      writeFileSync(values.scores, scores.map((s, i) => JSON.stringify({ id: pairs[i].id, score: s })).join('\n') + '\n');
  }

  async function score(chunk) {
    const inputs = tokenizer(chunk.map(pair => pair.query), {
      text_pair: chunk.map(pair => pair.document), padding: true, truncation: true, max_length: 512,
    });
    const { logits } = await encoder(inputs);
    return Array.from(logits.data);
  }
} finally {
  rmSync(root, { recursive: true });
}

// A hub keeps the ONNX file in a folder of its own, and says the kind of tokenizer in a file that a model folder of ours need not have.
function hubLayout(folder) {
  const root = mkdtempSync(join(tmpdir(), 'rerank-peer-'));
  mkdirSync(join(root, 'model', 'onnx'), { recursive: true });
  symlinkSync(join(folder, 'model.onnx'), join(root, 'model', 'onnx', 'model.onnx'));
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
    if (existsSync(join(folder, name)))
      copyFileSync(join(folder, name), join(root, 'model', name));
  const settings = join(root, 'model', 'tokenizer_config.json');
  if (!existsSync(settings))
    writeFileSync(settings, JSON.stringify({
      tokenizer_class: 'BertTokenizer', model_max_length: 512,
      unk_token: '[UNK]', sep_token: '[SEP]', pad_token: '[PAD]', cls_token: '[CLS]', mask_token: '[MASK]',
    }));
  return root;
}
