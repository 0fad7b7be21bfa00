package io.mldelivery.runner.steps.input;

import hudson.AbortException;
import hudson.model.Result;
import io.mldelivery.runner.build.Answers;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.RepeatableExecution;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Takes the answer that was given beforehand, or asks at the terminal. After a restart it asks again. */
final class InputExecution extends RepeatableExecution<Object> {
    private static final long serialVersionUID = 1L;

    private final Question question;

    InputExecution(StepContext context, Question question) {
        super(context);
        this.question = question;
    }

    @Override
    protected Object run() throws Exception {
        PrintStream log = BlockExecution.log(getContext());
        question.lines().forEach(log::println);
        String answer = answer(getContext().get(Answers.class));
        String user = System.getProperty("user.name");
        if (question.isAbort(answer)) {
            throw new FlowInterruptedException(Result.ABORTED, new Rejection(user));
        }
        Object value = question.value(answer, user);
        log.println("Approved by " + user);
        return value;
    }

    private String answer(Answers answers) throws IOException {
        Optional<String> given = answers.given(question.id());
        if (given.isPresent()) {
            return given.get();
        }
        String typed = answers.hasTerminal() ? answers.ask(question.prompt()) : null;
        if (typed == null) {
            throw new AbortException("Nobody can answer input ‘" + question.id()
                    + "’ here; give the answer with --answer " + question.id() + "=proceed");
        }
        return typed;
    }

    /** Who said no. */
    private static final class Rejection extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String user;

        Rejection(String user) {
            this.user = user;
        }

        @Override
        public String getShortDescription() {
            return "Rejected by " + user;
        }
    }
}
