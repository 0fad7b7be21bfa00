// the last failure of retry ends the build
retry(2) { error 'always' }
