// a stash of nothing may be allowed
node { deleteDir(); stash name: 's', allowEmpty: true; unstash 's' }
