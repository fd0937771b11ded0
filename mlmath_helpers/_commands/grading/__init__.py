"""How handed-in functions are tried: in a process of their own, and judged in this one."""
