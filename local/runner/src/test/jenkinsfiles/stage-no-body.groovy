// a block step without a block
timeout(5)
