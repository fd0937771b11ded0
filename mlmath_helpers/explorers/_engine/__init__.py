"""What every figure is made with: the slider figure, its PNG, and pictures of the plane."""
