package io.jenkins.plugins.mldelivery.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class DeliveryStepExecutionTest {
    private final FakeStepContext context = new FakeStepContext();

    private final class Work extends DeliveryStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final transient Callable<String> work;

        Work(Callable<String> work) {
            super(context);
            this.work = work;
        }

        @Override
        protected String deliver() throws Exception {
            return work.call();
        }
    }

    private Object run(Callable<String> work) throws Exception {
        assertThat(new Work(work).start()).isFalse();
        return context.result();
    }

    @Test
    void shouldReturnWhatTheWorkReturnsFromAThreadOfItsOwn() throws Exception {
        assertThat(run(() -> Thread.currentThread().getName()))
                .isNotEqualTo(Thread.currentThread().getName());
    }

    @Test
    void shouldFailWithTwoLinesWhenTheEngineFindsSomethingWrong() {
        var problem = new DeliveryException(Code.DATA, "a.csv:3: no number", "Write a number.");

        assertThatThrownBy(() -> run(() -> {
                    throw problem;
                }))
                .isInstanceOf(AbortException.class)
                .hasMessage("a.csv:3: no number" + System.lineSeparator() + "Write a number.")
                .hasCause(problem);
    }

    @Test
    void shouldLeaveOtherFailuresAsTheyAre() {
        assertThatThrownBy(() -> run(() -> {
                    throw new IllegalStateException("defect");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("defect");
    }
}
