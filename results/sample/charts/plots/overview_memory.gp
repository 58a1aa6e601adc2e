# Chart 13: Which strategy is small at what?
# Reading: Peak memory as a multiple of {baseline}'s: blue is less, brown is more, white cannot be told from 1. –: the strategy
#     cannot run it; M: out of memory; T: out of time; C: crashed; W: wrong answer; ×: not every trial went well.
# Shows: heat map of workloads by strategies with the ratio in each cell
# Needs: heat_memory

plot = ARG0
tables = ARG1
load "style.gp"

heat  = "heat_memory"
name  = "overview_memory"
load "style_heat.gp"
