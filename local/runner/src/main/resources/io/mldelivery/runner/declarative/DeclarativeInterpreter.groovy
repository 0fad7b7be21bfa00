/** Runs the model of a pipeline block. Transformed like a Jenkinsfile itself, so it survives restarts in any line. */
class DeclarativeInterpreter implements Serializable {
    private final Object steps
    private final Object support

    DeclarativeInterpreter(Object steps, Object support) {
        this.steps = steps
        this.support = support
    }

    def call(Map root) {
        def failure = null
        boolean postDone = false
        try {
            for (library in (root.libraries ?: [])) {
                steps.library(library.arguments.call()[0])
            }
            support.declareParameters(root.parameters == null ? [] : root.parameters.call())
            inAgent(root.agent.call(), root, root, false) {
                withEnvironment(root.environment) {
                    inWrappers(wrappers(root), 0) {
                        failure = sequence(root, root.stages, null, null)
                        postDone = true
                        failure = buildPost(root, failure)
                        if (failure != null) {
                            throw failure
                        }
                    }
                }
            }
        } catch (Throwable e) {
            if (failure == null) {
                failure = e
            }
        }
        if (!postDone) {
            failure = buildPost(root, failure)
        }
        if (failure != null) {
            throw failure
        }
    }

    private def sequence(Map root, List stages, Map parent, Map skipReason) {
        def failure = null
        for (one in stages) {
            try {
                stage(root, one, failure, skipReason)
            } catch (Throwable e) {
                if (failure == null) {
                    failure = e
                }
            }
        }
        if (parent != null && skipReason == null) {
            failure = stagePost(root, parent, failure)
        }
        return failure
    }

    private def stage(Map root, Map model, earlierFailure, Map skipReason) {
        steps.stage(model.name) {
            def failure = earlierFailure
            def reason = skipReason ?: whySkip(root, model, failure)
            try {
                if (reason != null) {
                    skip(root, model, reason, failure)
                } else {
                    withVariables(model.matrixVariables) {
                        if (!runStage(root, model)) {
                            reason = [stage: model.name, text: 'when conditional']
                            skip(root, model, reason, failure)
                        }
                    }
                }
            } catch (Throwable e) {
                if (failure == null) {
                    failure = e
                }
            }
            if (reason == null && (model.parallel != null || model.matrix != null)) {
                failure = stagePost(root, model, failure)
            }
            if (failure != null) {
                throw failure
            }
        }
    }

    private Map whySkip(Map root, Map model, failure) {
        if (failure != null) {
            return [stage: model.name, text: 'earlier failure(s)']
        }
        if (support.isUnstable() && option(root, 'skipStagesAfterUnstable') != null) {
            return [stage: model.name, text: 'earlier stage(s) marking the build as unstable']
        }
        return null
    }

    private def skip(Map root, Map model, Map reason, failure) {
        support.log("Stage \"${reason.stage}\" skipped due to ${reason.text}")
        steps.getContext(support.typeOfBuild())
        if (model.parallel != null || model.matrix != null) {
            steps.parallel(branches(root, model, failure, reason))
        } else if (model.stages != null) {
            sequence(root, model.stages, model, reason)
        }
    }

    /** False when a condition forbids the stage. */
    private boolean runStage(Map root, Map model) {
        def when = model.when
        if (when?.beforeOptions && !allMet(when)) {
            return false
        }
        boolean met = when == null || when.beforeOptions == true
        boolean went = true
        inWrappers(wrappers(model), 0) {
            if (!met && when.beforeInput) {
                met = allMet(when)
                went = met
            }
            if (went) {
                withInput(model.input) {
                    went = runContents(root, model, met)
                }
            }
        }
        return went
    }

    private boolean runContents(Map root, Map model, boolean alreadyMet) {
        def when = model.when
        boolean met = alreadyMet
        if (model.parallel != null || model.matrix != null) {
            if (!met && !allMet(when)) {
                return false
            }
            withEnvironment(model.environment) {
                steps.parallel(branches(root, model, null, null))
            }
            return true
        }
        if (!met && when.beforeAgent) {
            if (!allMet(when)) {
                return false
            }
            met = true
        }
        boolean went = true
        inAgent(model.agent == null ? null : model.agent.call(), root, model, true) {
            if (!met && !allMet(when)) {
                went = false
            } else {
                withEnvironment(model.environment) {
                    runSteps(root, model)
                }
            }
        }
        return went
    }

    private def runSteps(Map root, Map model) {
        def failure = null
        if (model.stages != null) {
            failure = sequence(root, model.stages, model, null)
        } else {
            try {
                model.steps.call()
            } catch (Throwable e) {
                failure = explained(e, hasAgent(root, model))
            }
            failure = stagePost(root, model, failure)
        }
        if (failure != null) {
            throw failure
        }
    }

    private def explained(Throwable failure, boolean hasAgent) {
        if (hasAgent || !support.isForNode(failure)) {
            return failure
        }
        try {
            steps.error(support.noNode())
        } catch (Throwable e) {
            return e
        }
    }

    private boolean hasAgent(Map root, Map model) {
        return (model.agent ?: root.agent).call().kind != 'none'
    }

    private Map branches(Map root, Map model, failure, Map reason) {
        def map = [:]
        def all = model.matrix == null ? model.parallel : support.cells(model.matrix)
        for (one in all) {
            def branch = one
            def own = reason == null ? null : [stage: branch.name, text: reason.text]
            map[branch.name] = { stage(root, branch, failure, own) }
        }
        if (model.failFast || option(root, 'parallelsAlwaysFailFast') != null) {
            map.failFast = true
        }
        return map
    }

    private def option(Map model, String name) {
        for (one in (model.options ?: [])) {
            if (one.name == name) {
                return one
            }
        }
        return null
    }

    private List wrappers(Map model) {
        def found = []
        for (one in (model.options ?: [])) {
            if (support.isWrapper(one.name)) {
                found << one
            }
        }
        return found
    }

    private def inWrappers(List wrappers, int index, Closure body) {
        if (index >= wrappers.size()) {
            body.call()
            return
        }
        def name = wrappers[index].name
        def arguments = wrappers[index].arguments.call()
        if (arguments.isEmpty()) {
            steps."${name}" { inWrappers(wrappers, index + 1, body) }
        } else {
            steps."${name}"(arguments[0]) { inWrappers(wrappers, index + 1, body) }
        }
    }

    private def inAgent(Map agent, Map root, Map context, boolean inStage, Closure body) {
        if (agent == null || agent.kind == 'none') {
            body.call()
            return
        }
        steps.node(agent.label) {
            if (agent.customWorkspace) {
                steps.ws(agent.customWorkspace) { inCheckout(root, context, inStage, body) }
            } else {
                inCheckout(root, context, inStage, body)
            }
        }
    }

    private def inCheckout(Map root, Map context, boolean inStage, Closure body) {
        def variables = [:]
        if (support.hasScm() && !skipsCheckout(root) && !skipsCheckout(context)) {
            def folder = option(root, 'checkoutToSubdirectory') ?: option(context, 'checkoutToSubdirectory')
            if (folder != null) {
                steps.dir(folder.arguments.call()[0]) { variables = checkout(inStage) }
            } else {
                variables = checkout(inStage)
            }
        }
        def pairs = []
        for (one in variables) {
            pairs << "${one.key}=${one.value}"
        }
        withVariables(pairs, body)
    }

    private Map checkout(boolean inStage) {
        if (inStage) {
            return steps.checkout(support.scm())
        }
        def variables = [:]
        steps.stage('Declarative: Checkout SCM') { variables = steps.checkout(support.scm()) }
        return variables
    }

    private boolean skipsCheckout(Map model) {
        def one = option(model, 'skipDefaultCheckout')
        if (one == null) {
            return false
        }
        def arguments = one.arguments.call()
        return arguments.isEmpty() || arguments[0]
    }

    private def withVariables(List pairs, Closure body) {
        if (pairs) {
            steps.withEnv(pairs) { body.call() }
        } else {
            body.call()
        }
    }

    private def withEnvironment(List variables, Closure body) {
        def bindings = []
        for (one in (variables ?: [])) {
            if (one.credentials != null) {
                bindings.addAll(support.bindings(one.name, one.credentials.call()))
            }
        }
        if (bindings) {
            steps.withCredentials(bindings) { withVariables(resolve(variables), body) }
        } else {
            withVariables(resolve(variables), body)
        }
    }

    private List resolve(List variables) {
        def values = [:]
        def pairs = []
        for (one in (variables ?: [])) {
            if (one.credentials == null) {
                pairs << "${one.name}=${value(one, variables, values, [])}"
            }
        }
        return pairs
    }

    private def value(Map variable, List variables, Map values, List path) {
        if (variable.credentials != null) {
            return support.variable(variable.name)
        }
        if (!values.containsKey(variable.name)) {
            if (path.contains(variable.name)) {
                steps.error("Environment variables depend on each other: ${(path + variable.name).join(', ')}")
            }
            def deeper = path + variable.name
            values[variable.name] = variable.value.call({ name ->
                value(support.named(variables, name), variables, values, deeper)
            })
        }
        return values[variable.name]
    }

    private def withInput(Map input, Closure body) {
        if (input == null) {
            body.call()
            return
        }
        def arguments = [:]
        for (one in input) {
            arguments[one.key] = one.value.call()
        }
        def answer = steps.input(arguments)
        withVariables(support.inputVariables(arguments, answer), body)
    }

    private boolean allMet(Map when) {
        for (one in when.conditions) {
            if (!isMet(one)) {
                return false
            }
        }
        return true
    }

    private boolean isMet(Map condition) {
        switch (condition.name) {
            case 'expression':
                return condition.body.call() as boolean
            case 'not':
                return !isMet(condition.children[0])
            case 'allOf':
                for (one in condition.children) {
                    if (!isMet(one)) {
                        return false
                    }
                }
                return true
            case 'anyOf':
                for (one in condition.children) {
                    if (isMet(one)) {
                        return true
                    }
                }
                return false
            case 'changelog':
                steps.echo(support.noChanges())
                return false
            default:
                return support.isMet(condition.name, condition.arguments.call())
        }
    }

    private def buildPost(Map root, failure) {
        if (!support.anyConditionMet(root.post, failure, false)) {
            return failure
        }
        def result = failure
        try {
            steps.stage('Declarative: Post Actions') {
                result = postConditions(root.post, failure, false, hasAgent(root, root))
                if (result != null) {
                    throw result
                }
            }
        } catch (Throwable e) {
            if (result == null) {
                result = e
            }
        }
        return result
    }

    private def stagePost(Map root, Map model, failure) {
        if (!support.anyConditionMet(model.post, failure, true)) {
            return failure
        }
        support.log('Post stage')
        return postConditions(model.post, failure, true, hasAgent(root, model))
    }

    private def postConditions(Map post, failure, boolean inStage, boolean hasAgent) {
        def result = failure
        for (name in support.conditionNames()) {
            if (post[name] != null && support.isConditionMet(name, result, inStage)) {
                def before = support.enterPost(result, inStage)
                try {
                    post[name].call()
                } catch (Throwable thrown) {
                    def e = explained(thrown, hasAgent)
                    support.logPostError(name, e)
                    if (result == null) {
                        result = e
                    }
                }
                support.leavePost(before)
            }
        }
        return result
    }
}
