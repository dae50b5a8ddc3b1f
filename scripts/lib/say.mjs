const bold = process.stdout.isTTY ? text => `\u001b[1m${text}\u001b[0m` : text => text;

/** Tells what comes next. */
export function say(text) {
  console.log(bold(`• ${text}`));
}

/** Something the person at the terminal can mend: shown without a stack. */
export class SetupProblem extends Error {}

/** Runs the main function of a script: problems of the set-up become one message, and the exit code is 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    const expected = error instanceof SetupProblem || error?.name === 'CommandFailure';
    console.error(`\n${expected ? error.message : error?.stack ?? error}`);
    process.exitCode = 1;
  }
}
