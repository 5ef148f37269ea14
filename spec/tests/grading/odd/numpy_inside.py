# k11_loss_descent.slope: NumPy computes
import numpy as np


def slope(function, point, step):
    places = np.array([point - step, point + step])
    values = np.array([function(float(place)) for place in places])
    return float(np.diff(values)[0] / (2 * step))
