package hudson.security;

import hudson.model.User;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Decides who may do what. */
public abstract class ACL {
    public static final Authentication SYSTEM2 = new UsernamePasswordAuthenticationToken("SYSTEM", "SYSTEM");

    public final void checkPermission(Permission p) {
        Authentication a = Jenkins.getAuthentication2();
        if (!allows(a, p)) {
            throw new AccessDeniedException3(a, p);
        }
    }

    public final void checkAnyPermission(Permission... permissions) {
        if (!hasAnyPermission(permissions)) {
            throw new AccessDeniedException3(Jenkins.getAuthentication2(), permissions[0]);
        }
    }

    public final boolean hasPermission(Permission p) {
        return allows(Jenkins.getAuthentication2(), p);
    }

    public final boolean hasAnyPermission(Permission... permissions) {
        for (Permission permission : permissions) {
            if (hasPermission(permission)) {
                return true;
            }
        }
        return false;
    }

    private boolean allows(Authentication a, Permission p) {
        return a.equals(SYSTEM2) || hasPermission2(a, p);
    }

    public boolean hasPermission2(Authentication a, Permission permission) {
        throw new AbstractMethodError("Implement hasPermission2");
    }

    public static ACL lambda2(BiFunction<Authentication, Permission, Boolean> impl) {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication a, Permission permission) {
                return impl.apply(a, permission);
            }
        };
    }

    /** Acts as somebody until the context is closed. */
    public static ACLContext as2(Authentication auth) {
        ACLContext context = new ACLContext(SecurityContextHolder.getContext());
        SecurityContext mine = new SecurityContextImpl(auth);
        SecurityContextHolder.setContext(mine);
        return context;
    }

    public static ACLContext as(User user) {
        return as2(user == null ? Jenkins.ANONYMOUS2 : user.impersonate2());
    }

    public static boolean isAnonymous2(Authentication authentication) {
        return authentication == null || authentication instanceof AnonymousAuthenticationToken;
    }
}
