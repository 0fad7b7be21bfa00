// env.X of the script is for the whole build, below withEnv
env.A = 'x'
node { sh 'echo $A'; withEnv(['A=y']) { env.A = 'z'; echo env.A }; echo env.A }
