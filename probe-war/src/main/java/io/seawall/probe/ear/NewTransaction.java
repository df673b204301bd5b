package io.seawall.probe.ear;

import io.seawall.interceptors.transaction.NewTransactionBean;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Takes the place of Seawall's own bean, which servers do not find, or cannot make, in the library directory of an EAR. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NewTransaction extends NewTransactionBean {

    /** For the container. */
    public NewTransaction() {}
}
