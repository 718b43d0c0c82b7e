"""Test an argument about a conflict: model it, find what is stable and why, judge each claim."""
