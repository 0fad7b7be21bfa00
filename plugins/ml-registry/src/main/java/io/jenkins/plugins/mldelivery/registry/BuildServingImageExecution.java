package io.jenkins.plugins.mldelivery.registry;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.step.DeliveryStepExecution;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Lets the agent make the image, and records it. */
final class BuildServingImageExecution extends DeliveryStepExecution<ServingImage> {
    private static final long serialVersionUID = 1L;

    private static final List<String> PASSED_ON =
            List.of("MLDELIVERY_SERVING", "MLDELIVERY_SERVING_IMAGE", "DOCKER_CONFIG");

    private final BuildServingImageStep step;

    BuildServingImageExecution(StepContext context, BuildServingImageStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected ServingImage deliver() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        EnvVars variables = getContext().get(EnvVars.class);
        Map<String, String> environment = new LinkedHashMap<>(TrackingEnvironment.of(run, variables));
        PASSED_ON.stream().filter(variables::containsKey).forEach(name -> environment.put(name, variables.get(name)));
        ServingImage image = getContext().get(FilePath.class).act(new ImageWork(step, environment));
        Map<String, Object> built = new LinkedHashMap<>();
        built.put("name", image.getName());
        built.put("version", image.getVersion());
        built.put("modelDigest", image.getModelDigest());
        built.put("image", image.getImage());
        built.put("digest", image.getDigest());
        built.put("architectures", image.getArchitectures());
        built.put("base", step.getBase());
        BuildEvidence.of(run).append("image.built", built);
        getContext()
                .get(TaskListener.class)
                .getLogger()
                .println("[registry] models:/" + image.getName() + "/" + image.getVersion() + " is the image "
                        + image.getImage() + " (" + image.getDigest() + ")");
        return image;
    }

    /** The same version gives the same image, so a restart in the middle is no reason to fail. */
    @Override
    public void onResume() {
        try {
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }
}
