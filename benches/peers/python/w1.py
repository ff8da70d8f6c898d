"""W1's numbers and how a peer's answer is told; the same as common/mod.rs for the Rust peers."""

import json
import sys

AGENTS = 150
GAP_S = 240.0 / 145.0
SERVICE_S = 240.0
PATIENCE_S = 300.0
# Calls that come first, some four hours, and are not counted: the center begins empty.
RUN_IN = 8_700
WITHIN_S = 20.0


def arguments():
    """How many calls come in all, and the seed. With 0 calls the program only starts and ends."""
    calls, seed = int(sys.argv[1]), int(sys.argv[2])
    return (calls + RUN_IN if calls else 0), seed


class Tally:
    """Sums over all calls after the run-in."""

    def __init__(self):
        self.calls = self.gone = self.in_time = 0
        self.wait_s = 0.0

    def answered(self, call, wait_s):
        if call >= RUN_IN:
            self.calls += 1
            self.wait_s += wait_s
            self.in_time += wait_s <= WITHIN_S

    def abandoned(self, call, wait_s):
        if call >= RUN_IN:
            self.calls += 1
            self.wait_s += wait_s
            self.gone += 1

    def print(self):
        tell(self.calls, RUN_IN if self.calls else 0, self.wait_s, self.gone, self.in_time)


def tell(calls, run_in, wait_s, gone, in_time):
    """One line for whoever started the program: figures of the calls that count, and how many there were in all."""
    n = max(calls, 1)
    answer = {"mean_wait_s": wait_s / n, "abandoned": gone / n, "within_20_s": in_time / n}
    print(json.dumps({"calls": calls, "simulated": calls + run_in, **answer}))
