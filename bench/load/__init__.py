"""Load and faults: clients that remember what was acknowledged, and a checker of what they got."""
