// Prints, for every line of PAIRS, what Hugging Face's tokenizers makes of it.
// A line of PAIRS: {"query", "document"} in base64 of UTF-16LE (JSON has no half surrogate pairs), "max_length", "truncation".
// A line of output: {"ids", "types"}, or {"error"}.
const fs = require('fs')
const { Tokenizer } = require('tokenizers')

const [file, pairs] = process.argv.slice(2)
const strategies = { longest_first: 'LongestFirst', only_second: 'OnlySecond' }
const text = (base64) => Buffer.from(base64, 'base64').toString('utf16le')

async function main() {
  const tokenizer = Tokenizer.fromString(fs.readFileSync(file, 'utf8'))
  for (const line of fs.readFileSync(pairs, 'utf8').split('\n').filter(Boolean)) {
    const pair = JSON.parse(line)
    tokenizer.setTruncation(pair.max_length, { strategy: strategies[pair.truncation] })
    let result
    try {
      const encoding = await tokenizer.encode(text(pair.query), text(pair.document))
      result = { ids: encoding.getIds(), types: encoding.getTypeIds() }
    } catch (e) {
      result = { error: String(e.message ?? e) }
    }
    fs.writeSync(1, JSON.stringify(result) + '\n')
  }
}

main().catch((e) => {
  console.error(e)
  process.exitCode = 1
})
