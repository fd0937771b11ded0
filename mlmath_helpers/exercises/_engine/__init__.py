"""What every exercise is made with, and what the learner calls."""
