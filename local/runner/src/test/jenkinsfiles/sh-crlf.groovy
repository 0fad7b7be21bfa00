// output with carriage returns
node { sh 'printf "a\\rb\\r\\nc\\n"' }
