"""The doctor: looks a half of a node over and says what needs attention. Changes nothing, opens no message."""
