// a label
node { sh(script: 'echo x', label: 'say x') }
