// Asks the cache at the address that is named what HTTP asks of caches, and
// prints a line for each test: group, test, kind, verdict, and what was seen.
import fetch from 'node-fetch'
import { getResults, runTests } from 'http-cache-tests/client/runner.mjs'
import { determineTestResult } from 'http-cache-tests/lib/display.mjs'
import suites from 'http-cache-tests/tests/index.mjs'

// What the suite shows as a sign, in words.
const VERDICTS = {
  '✅': 'passed',
  '⛔️': 'failed',
  '⚠️': 'not-optimal',
  Y: 'yes',
  N: 'no',
  '🔹': 'setup-failed',
  '⁉️': 'harness-failed',
  '⚪️': 'depends',
  '↻': 'retried',
  '-': 'untested'
}

// Tests at a time: more at once are as many connections to be opened in one
// moment, which a gate that isn't built for speed turns away in part.
const AT_ONCE = 40

const [base] = process.argv.slice(2)
await runTests(suites, fetch, false, base, AT_ONCE)
const results = getResults()
for (const suite of suites) {
  for (const test of suite.tests) {
    if (test.browser_only) continue
    const verdict = VERDICTS[determineTestResult(suites, test.id, results)[2]]
    const result = results[test.id]
    const seen = Array.isArray(result) ? String(result[1]) : ''
    const words = seen.replace(/\s+/g, ' ').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    const name = test.name.replace(/\s+/g, ' ')
    console.log([suite.name, test.id, test.kind ?? 'required', verdict, words, name].join('\t'))
  }
}
