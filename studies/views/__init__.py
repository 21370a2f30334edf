"""The doors of this room. Read the input, find the object through its gate, call one function, answer."""
