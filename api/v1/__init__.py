"""The first version of the contract; its calls and names never change."""
