// The counterpart of bench/probe.py, with the same protocol: node probe.js BUNDLE
//
// After the init, each line on standard input, `{"event": …, "times": n}`, calls the handler n times.

// What Lambda's runtime imports itself: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
for (const name of ['assert', 'fs', 'http', 'net', 'path', 'util']) require(`node:${name}`);
const { createInterface } = require('node:readline');

const report = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`);
const ms = ({ user, system }) => (user + system) / 1000; // of all threads
const context = { awsRequestId: '00000000-0000-0000-0000-000000000000' };

const main = async () => {
  const lines = createInterface({ input: process.stdin });
  const start = process.cpuUsage();
  const { handler } = require(process.argv[2]);
  report({ cpu_ms: ms(process.cpuUsage(start)), modules: 0 });

  for await (const line of lines) {
    const { event, times, is_answer_wanted } = JSON.parse(line);
    const [began, before] = [performance.now(), process.cpuUsage()];
    let answer;
    for (let call = 0; call < times; call += 1) answer = await handler(event, context);
    const [wall, cpu] = [performance.now() - began, ms(process.cpuUsage(before))];
    if (is_answer_wanted) {
      report({ answer });
      continue;
    }
    if (answer.statusCode > 201) throw new Error(`the handler answered ${JSON.stringify(answer)}`);
    report({ cpu_ms: cpu / times, wall_ms: wall / times });
  }
};

main();
