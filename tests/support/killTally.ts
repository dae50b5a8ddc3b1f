/** What came of kills so far. */
export class KillTally {
  readonly counts = {
    kills: 0,
    /** The job had not ended. */
    midway: 0,
    locks: 0,
    wrongLogs: 0,
    /** Clones and creates of which a part was left. */
    leftovers: 0,
    /** Jobs whose commit had been made, and that were told to be done. */
    done: 0,
    /** Retries that git-annex took for a second transfer of the same file at first. */
    busy: 0,
    lost: 0,
    damaged: 0,
    retries: 0,
    retriesOk: 0
  };
  /** What went wrong, with the kill it came from. */
  readonly problems: string[] = [];

  /** One line of figures. */
  get summary(): string {
    const { kills, midway, locks, wrongLogs, leftovers, done, busy, lost, damaged, retries, retriesOk } = this.counts;
    return (
      `${kills} kills, ${midway} of them midway; locks left ${locks}, wrong location logs ${wrongLogs}, half-made folders ${leftovers}, ` +
      `told done ${done}; lost ${lost}, damaged ${damaged}; retries ${retriesOk} of ${retries} well, ${busy} of them at the second try`
    );
  }
}
