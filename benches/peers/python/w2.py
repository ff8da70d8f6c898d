"""W2's numbers and router; the same as common/w2.rs for the Rust peers."""

import math
import sys
from collections import deque

from w1 import tell

TYPES = 8
QUARTERS = 96
PATIENCE_S = 300.0
HIGHEST = 1.25
CANDIDATE_GAP_S = 240.0 / (400.0 * HIGHEST)
# The clock begins four hours before the first midnight, which are not counted.
START_S = -14_400.0
CALLS_A_DAY = 144_000
WITHIN_S = 20.0
# The normal under the lognormal service: mean 240 s, cv 1.
SERVICE_SIGMA = math.sqrt(math.log(2.0))
SERVICE_MU = math.log(240.0) - math.log(2.0) / 2.0

HEADS = [42] * 8 + [28] * 4
TRIES = [(0, 7, 8, 11), (1, 0, 8, 11), (2, 1, 8, 10), (3, 2, 8, 10), (4, 3, 9, 10), (5, 4, 9, 10), (6, 5, 9, 11), (7, 6, 9, 11)]
SERVES = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 0), (0, 1, 2, 3), (4, 5, 6, 7), (2, 3, 4, 5), (6, 7, 0, 1)]
WEIGHTS = [1.0 + 0.25 * math.sin(2.0 * math.pi * k / QUARTERS) for k in range(QUARTERS)]


def arguments():
    """Whole days that bring about so many calls, and the seed; no day at all for 0 calls."""
    return math.ceil(int(sys.argv[1]) / CALLS_A_DAY), int(sys.argv[2])


def quarter(time_s):
    return int(time_s // 900.0) % QUARTERS


def accepted(time_s):
    """How likely a candidate at this time is a call: its rate over the highest."""
    return WEIGHTS[quarter(time_s)] / HIGHEST


class Router:
    """Idle agents by group, and a line for each type whose places may have been left."""

    def __init__(self):
        self.idle = list(HEADS)
        self.lines = [deque() for _ in range(TYPES)]

    def group_for(self, call_type):
        for group in TRIES[call_type]:
            if self.idle[group]:
                self.idle[group] -= 1
                return group
        return None

    def call_for(self, group, still_waits):
        for call_type in SERVES[group]:
            line = self.lines[call_type]
            while line:
                waiting = line.popleft()
                if still_waits(waiting):
                    return waiting
        self.idle[group] += 1
        return None


class Tally:
    """Sums by type and quarter-hour of the day in which a call came: calls, abandoned, in time, seconds waited."""

    def __init__(self):
        self.cells = [[[0, 0, 0, 0.0] for _ in range(QUARTERS)] for _ in range(TYPES)]
        self.run_in = 0

    def count(self, call_type, since_s, wait_s, is_abandoned):
        if since_s < 0.0:
            self.run_in += 1
            return
        cell = self.cells[call_type][quarter(since_s)]
        cell[0] += 1
        cell[1] += is_abandoned
        cell[2] += not is_abandoned and wait_s <= WITHIN_S
        cell[3] += wait_s

    def print(self):
        calls, gone, in_time, wait_s = (sum(cell[k] for row in self.cells for cell in row) for k in range(4))
        tell(calls, self.run_in, wait_s, gone, in_time)
