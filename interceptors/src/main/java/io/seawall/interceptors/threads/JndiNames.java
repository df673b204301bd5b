package io.seawall.interceptors.threads;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;

/** Names by JNDI. */
final class JndiNames implements Names {

    /** A name that is not there is no proof that it is nowhere: {@code java:comp} belongs to threads that the server has begun. */
    @Override
    @SuppressWarnings("BanJNDI") // The names are constants.
    public Found find(String name) {
        try {
            return new Found(InitialContext.doLookup(name), true);
        } catch (NoInitialContextException noServer) {
            return Found.NOTHING;
        } catch (NamingException absent) {
            return Found.NOTHING_HERE;
        }
    }
}
