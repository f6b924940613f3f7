"""The two casting endpoints on other stacks, measured beside ours.

python -m bench.peers
"""
