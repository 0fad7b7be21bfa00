// the inner withEnv wins
withEnv(['A=1']) { withEnv(['A=2']) { echo env.A }; echo env.A }
