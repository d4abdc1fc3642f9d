"""LIFT's program for clusters: trains a language model on exported prompts and asks it about others. See ../README.md."""
