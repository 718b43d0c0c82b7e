"""The plain checker: the definitions of the graph model as sets and loops, slow and obvious.

It shares no code with the package it checks and uses the standard library only (the random
conflicts also use Hypothesis).
"""
