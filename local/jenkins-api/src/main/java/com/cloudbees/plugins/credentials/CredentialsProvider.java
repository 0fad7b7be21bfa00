package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.mldelivery.local.hooks.LocalCredentials;
import io.mldelivery.local.hooks.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Finds credentials. Without a controller they come from {@link LocalCredentials} and from registered providers. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public static final PermissionGroup GROUP =
            new PermissionGroup(CredentialsProvider.class, new PlainText("Credentials"));
    public static final Permission USE_OWN =
            new Permission(GROUP, "UseOwn", new PlainText("UseOwn"), null, PermissionScope.ITEM);
    public static final Permission USE_ITEM =
            new Permission(GROUP, "UseItem", new PlainText("UseItem"), null, PermissionScope.ITEM);
    public static final Permission VIEW =
            new Permission(GROUP, "View", new PlainText("View"), Permission.READ, PermissionScope.ITEM);

    public CredentialsProvider() {
        super(self());
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication) {
        return lookupCredentialsInItem(type, item, authentication, List.of());
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>(LocalCredentials.ofType(type));
        for (CredentialsProvider provider : all()) {
            found.addAll(provider.getCredentialsInItem(type, item, authentication, domainRequirements));
        }
        return found;
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication) {
        return lookupCredentialsInItemGroup(type, itemGroup, authentication, List.of());
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>(LocalCredentials.ofType(type));
        for (CredentialsProvider provider : all()) {
            found.addAll(provider.getCredentialsInItemGroup(type, itemGroup, authentication, domainRequirements));
        }
        return found;
    }

    public static <C extends IdCredentials> C findCredentialById(String id, Class<C> type, Run<?, ?> run) {
        return findCredentialById(id, type, run, List.of());
    }

    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, DomainRequirement... domainRequirements) {
        return findCredentialById(id, type, run, Arrays.asList(domainRequirements));
    }

    /** Null when absent, of another type, or not for this build. */
    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> domainRequirements) {
        Item job = (Item) run.getParent();
        C found = CredentialsMatchers.firstOrNull(
                lookupCredentialsInItem(type, job, ACL.SYSTEM2, domainRequirements), CredentialsMatchers.withId(id));
        return found == null ? null : type.cast(found.forRun(run));
    }

    /** Notes that a build used a credential; a controller keeps the record. */
    public static <C extends Credentials> C track(Run build, C credentials) {
        return credentials;
    }

    public static ExtensionList<CredentialsProvider> all() {
        return ExtensionList.lookup(CredentialsProvider.class);
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> domainRequirements) {
        return List.of();
    }

    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        return List.of();
    }
}
