// pwd and its temporary sibling
node { echo "${pwd(tmp: true) == pwd() + '@tmp'}" }
