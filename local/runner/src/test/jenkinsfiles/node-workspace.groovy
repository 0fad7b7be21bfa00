// node gives a workspace; a second one inside gets another
node { echo pwd(); node { echo pwd() } }
