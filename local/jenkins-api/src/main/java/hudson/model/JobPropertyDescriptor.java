package hudson.model;

/** Describes a setting of a job. */
public abstract class JobPropertyDescriptor extends Descriptor<JobProperty<?>> {
    protected JobPropertyDescriptor(Class<? extends JobProperty<?>> clazz) {
        super(clazz);
    }

    protected JobPropertyDescriptor() {}

    public boolean isApplicable(Class<? extends Job> jobType) {
        return true;
    }
}
