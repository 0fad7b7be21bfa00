// Takes a model from its training script to production in one step. docs/reference/deliverModel.md describes the options.

def call(Map options) {
  checkOptions(options)
  Map delivery = [name: options.name]
  if (env.NODE_NAME && !options.agent) {
    deliverIn(options, delivery)
  } else {
    node(options.agent ?: '') {
      if (options.checkout != false) {
        checkout scm
      }
      deliverIn(options, delivery)
    }
  }
  return delivery
}

def checkOptions(Map options) {
  List known = ['name', 'agent', 'checkout', 'dir', 'script', 'environment', 'data', 'parameters', 'seed', 'outputs',
    'experiment', 'target', 'drill', 'train', 'gate', 'register', 'rollout', 'drift', 'before', 'afterTraining',
    'afterGate', 'afterRegistration', 'afterRollout', 'afterDrift', 'always']
  for (String option in options.keySet()) {
    if (!known.contains(option)) {
      error "deliverModel: there is no option '${option}'. Options: ${known.join(', ')}"
    }
  }
  if (!options.name) {
    error "deliverModel: the option 'name' is missing. Give the registered model's name, such as name: 'late-flights'"
  }
}

def deliverIn(Map options, Map delivery) {
  dir(options.dir ?: '.') {
    try {
      hook(options.before, delivery)
      deliver(options, delivery)
    } finally {
      hook(options.always, delivery)
    }
  }
}

def hook(Closure body, Map delivery) {
  if (body != null) {
    body.call(delivery)
  }
}

def deliver(Map options, Map delivery) {
  stage('Train') {
    delivery.training = train(options, delivery)
    hook(options.afterTraining, delivery)
  }
  stage('Gate') {
    delivery.gate = judge(options, delivery)
    hook(options.afterGate, delivery)
  }
  if (!delivery.gate.passed) {
    echo "deliverModel: the gate says ${delivery.gate.outcome}, so ${options.name} is not registered: ${delivery.gate.reason}"
    return
  }
  stage('Register') {
    delivery.version = register(options, delivery)
    hook(options.afterRegistration, delivery)
  }
  rollOutAndCheck(options, delivery)
}

def rollOutAndCheck(Map options, Map delivery) {
  if (options.rollout != false) {
    stage('Roll out') {
      delivery.rollout = rollOut(options, delivery)
      hook(options.afterRollout, delivery)
    }
  }
  if (options.drift) {
    stage('Drift') {
      delivery.drift = compare(options, delivery)
      hook(options.afterDrift, delivery)
    }
  }
}

def train(Map options, Map delivery) {
  if (options.train instanceof Closure) {
    return options.train.call(delivery)
  }
  Map arguments = [script: 'train.py', environment: 'requirements.lock', outputs: 'build/**', experiment: options.name]
  for (String key in ['script', 'environment', 'data', 'parameters', 'seed', 'outputs', 'experiment']) {
    if (options[key] != null) {
      arguments[key] = options[key]
    }
  }
  return trainModel(merged(arguments, options.train))
}

def judge(Map options, Map delivery) {
  if (options.gate instanceof Closure) {
    return options.gate.call(delivery)
  }
  Map arguments = [policy: named(options.gate, 'gate.yaml'), candidate: delivery.training.uri,
    champion: 'models:/' + options.name + '@champion']
  return evaluateGate(merged(arguments, options.gate))
}

def register(Map options, Map delivery) {
  if (options.register instanceof Closure) {
    return options.register.call(delivery)
  }
  Map arguments = [name: options.name, run: delivery.training.runId, gate: delivery.gate, alias: 'challenger']
  return registerModel(merged(arguments, options.register))
}

def rollOut(Map options, Map delivery) {
  if (options.rollout instanceof Closure) {
    return options.rollout.call(delivery)
  }
  Map arguments = [model: delivery.version.uri, plan: named(options.rollout, 'rollout.yaml')]
  for (String key in ['target', 'drill']) {
    if (options[key] != null) {
      arguments[key] = options[key]
    }
  }
  return canaryDeploy(merged(arguments, options.rollout))
}

def compare(Map options, Map delivery) {
  if (options.drift instanceof Closure) {
    return options.drift.call(delivery)
  }
  Map arguments = [reference: 'build/reference.csv']
  if (options.drift instanceof CharSequence) {
    arguments.current = options.drift.toString()
  }
  arguments = merged(arguments, options.drift)
  if (!arguments.policy && fileExists('drift.yaml')) {
    arguments.policy = 'drift.yaml'
  }
  return driftCheck(arguments)
}

/** The step's arguments, where the option is a map with its entries over the defaults. */
def merged(Map defaults, Object option) {
  return option instanceof Map ? defaults + option : defaults
}

/** The file that the option names when it is a text. */
def named(Object option, String otherwise) {
  return option instanceof CharSequence ? option.toString() : otherwise
}
