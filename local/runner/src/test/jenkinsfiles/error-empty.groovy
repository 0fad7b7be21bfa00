// error without a message
error ''
