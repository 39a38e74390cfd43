"""Temperature and thresholds from validation data."""

import torch
from torch.nn import functional as F

DIGITS_FLAGGED = 0.01  # share of validation digits that may be called uncertain, split between the two thresholds


def fit_temperature(logits, labels):
    """The temperature that gives digits the likeliest probabilities (Guo et al., "On Calibration of Modern Neural Networks")."""
    log_t = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([log_t], max_iter=50)

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), labels)
        loss.backward()
        return loss

    optimizer.step(closure)
    return log_t.exp().item()


def scores(logits, temperature):
    """Confidence and digit score."""
    return (logits[:, :10] / temperature).softmax(1).amax(1), torch.sigmoid(-logits[:, 10])


def is_flagged(logits, confidence, score, temperature):
    own_confidence, own_score = scores(logits, temperature)
    return (own_confidence < confidence) | (own_score < score)


def choose_thresholds(digits, others, temperature):
    """Of all pairs of thresholds that flag at most DIGITS_FLAGGED of the digits, the pair that flags most of the others.

    digits, others: logits [n, 11]. Returns (confidence, digit_score) and the share of each side they flag.
    """

    (confidence, score), (other_confidence, other_score) = scores(digits, temperature), scores(others, temperature)
    best = None
    for share in torch.linspace(0, DIGITS_FLAGGED, 41):
        least = confidence.quantile(share.item())
        # The score need not flag what the confidence flags: it gets the rest of the allowance.
        unflagged = score[confidence >= least]
        allowance = max(0.0, DIGITS_FLAGGED - share.item())
        least_score = unflagged.quantile(allowance)
        flagged = ((other_confidence < least) | (other_score < least_score)).float().mean().item()
        if best is None or flagged > best[2]:
            digits_flagged = ((confidence < least) | (score < least_score)).float().mean().item()
            best = (least.item(), least_score.item(), flagged, digits_flagged)
    return best


def calibration_error(logits, labels, temperature, bins=15):
    confidence, predicted = (logits / temperature).softmax(1).max(1)
    gap = confidence - (predicted == labels).float()
    index = (confidence * bins).long().clamp(max=bins - 1)
    return sum(gap[index == b].sum().abs().item() for b in range(bins)) / len(labels)
