"""What goes in and out at the doors of this room. Every output lists its fields: nothing leaves by default."""
