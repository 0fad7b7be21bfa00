// of two failures the first is the message
parallel(a: { error 'one' }, b: { error 'two' })
