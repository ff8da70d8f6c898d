"""W1 with the PyPI package cimba: each caller is a spawned process with a timer, compiled ahead of the run.

A trial without calls compiles as much as one with calls, so that start-up can be told from the work.
"""

import cimba as cb
from cimba import inputs
from w1 import AGENTS, GAP_S, PATIENCE_S, RUN_IN, SERVICE_S, WITHIN_S, arguments, tell

PATIENCE_ENDS = 42


class Caller(cb.Model):
    center: cb.Ref["Center"]
    number: int

    @cb.process
    def call(self):
        arrived = cb.now()
        center = self.center
        me = cb.this_process()
        if center.agents.available() == 0:
            me.timer_set(center.patience.next(), PATIENCE_ENDS)
        answered = center.agents.acquire() != PATIENCE_ENDS
        wait_s = cb.now() - arrived
        if self.number >= RUN_IN:
            center.counted += 1
            center.waited_s += wait_s
            if not answered:
                center.abandoned += 1
            elif wait_s <= WITHIN_S:
                center.in_time += 1
        if answered:
            me.timers_clear()
            cb.hold(center.service.next())
            center.agents.release()
        center.present -= 1
        if center.present == 0 and center.arrived == center.calls:
            cb.end_trial()
        cb.release(self)


class Center(cb.Model):
    calls: cb.Param[int]
    gap: cb.Input[float] = inputs.dist.exponential(mean=GAP_S)
    service: cb.Input[float] = inputs.dist.exponential(mean=SERVICE_S)
    patience: cb.Input[float] = inputs.dist.exponential(mean=PATIENCE_S)
    agents: cb.Resource = cb.Resource(capacity=AGENTS)
    arrived: int = 0
    present: int = 0
    counted: int = 0
    abandoned: int = 0
    in_time: int = 0
    waited_s: float = 0.0
    all_counted: cb.Output[int]
    all_abandoned: cb.Output[int]
    all_in_time: cb.Output[int]
    all_waited_s: cb.Output[float]

    def __init__(self, calls):
        self.calls = calls

    @cb.process
    def arrivals(self):
        if self.calls == 0:
            cb.end_trial()
        for number in range(self.calls):
            cb.hold(self.gap.next())
            self.arrived += 1
            self.present += 1
            cb.spawn(Caller, center=self, number=number)

    @cb.on_end
    def measure(self):
        self.all_counted = self.counted
        self.all_abandoned = self.abandoned
        self.all_in_time = self.in_time
        self.all_waited_s = self.waited_s


def main():
    calls, seed = arguments()
    center = Center(calls)
    # The trial ends itself when the last caller has gone, long before this.
    results = cb.Experiment(center, replications=1, window=cb.Window(duration=1e12), seed=seed).run()
    if results.failed.any():
        raise RuntimeError("the trial failed")
    of = lambda field: getattr(results[center], field).values.item()
    tell(int(of("all_counted")), min(calls, RUN_IN), of("all_waited_s"), of("all_abandoned"), of("all_in_time"))


main()
