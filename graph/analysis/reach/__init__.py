"""Which law may reach whom, along a grammar of steps."""
