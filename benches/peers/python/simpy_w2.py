"""W2 with SimPy: a process per call around a router written by hand, since a call that requests from several resources would hold several."""

import random

import simpy
from w2 import (
    CANDIDATE_GAP_S, PATIENCE_S, SERVICE_MU, SERVICE_SIGMA, START_S, TYPES, Router, Tally, accepted, arguments,
)


class Waiting:
    """A call in a line; the event fires with the group of the agent who takes it."""

    __slots__ = ("taken", "gone")

    def __init__(self, env):
        self.taken = env.event()
        self.gone = False


def caller(env, router, call_type, tally):
    arrived = env.now
    group = router.group_for(call_type)
    if group is None:
        waiting = Waiting(env)
        router.lines[call_type].append(waiting)
        yield waiting.taken | env.timeout(random.expovariate(1.0 / PATIENCE_S))
        if not waiting.taken.triggered:
            waiting.gone = True
            tally.count(call_type, arrived, env.now - arrived, True)
            return
        group = waiting.taken.value
    tally.count(call_type, arrived, env.now - arrived, False)
    yield env.timeout(random.lognormvariate(SERVICE_MU, SERVICE_SIGMA))
    following = router.call_for(group, lambda waiting: not waiting.gone)
    if following:
        following.taken.succeed(group)


def source(env, router, end_s, tally):
    """Thinning: candidates at the highest rate, each a call with the share of its quarter-hour's rate."""
    while True:
        now = time = env.now
        while True:
            time += random.expovariate(1.0 / CANDIDATE_GAP_S)
            if time >= end_s:
                return
            if random.random() < accepted(time):
                break
        yield env.timeout(time - now)
        env.process(caller(env, router, random.randrange(TYPES), tally))


def main():
    days, seed = arguments()
    random.seed(seed)
    env = simpy.Environment(initial_time=START_S)
    tally = Tally()
    env.process(source(env, Router(), days * 86_400.0 if days else START_S, tally))
    env.run()
    tally.print()


main()
