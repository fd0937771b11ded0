"""What each kernel of the course runs with: in `mlmath lab`, in tests, when notebooks are saved.

Whoever has set one of these by hand keeps it.
"""

import os

SETTINGS = {
    # Matrices are small here: with two threads notebook 1 takes twice the processor's time, and
    # its slowest cell seven times as long.
    "OPENBLAS_NUM_THREADS": "1",
    # The pixels of figures are given back at once (glibc's allocator would keep them).
    "MALLOC_MMAP_THRESHOLD_": "1000000",
}


def prepare():
    """Have all processes that are started from here on run so, and this one if it just began."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def can_be_encrypted():
    """Tell whether this Jupyter can keep other users of the machine from listening to a kernel.

    Where it can and does not, each kernel warns of it.
    """
    import zmq
    from jupyter_client.manager import KernelManager

    return hasattr(KernelManager, "transport_encryption") and zmq.has("curve")
