// triggeredBy
pipeline {
  agent none
  stages { stage('s') { when { triggeredBy 'TimerTrigger' }
 steps { echo 'no' } }
 stage('t') { when { not { triggeredBy cause: 'UserIdCause', detail: 'nobody' } }
 steps { echo 'yes' } } }
}
