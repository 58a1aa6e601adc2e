# Chart 13: Which strategy is fast at what?
# Reading: {time} as a multiple of {baseline}'s: blue is less, brown is more, white cannot be told from 1. –: the strategy
#     cannot run it; M: out of memory; T: out of time; C: crashed; W: wrong answer; ×: not every trial went well.
# Shows: heat map of workloads by strategies with the ratio in each cell
# Needs: heat_time

plot = ARG0
tables = ARG1
load "style.gp"

heat  = "heat_time"
name  = "overview"
load "style_heat.gp"
