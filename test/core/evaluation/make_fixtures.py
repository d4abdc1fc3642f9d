"""Writes fixtures/*.json: what scikit-learn and SciPy say about small random data.

Run with Python 3.10+ and scikit-learn >= 1.7:  python test/core/evaluation/make_fixtures.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from sklearn import datasets, metrics
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

FOLDER = Path(__file__).parent / "fixtures"


def write(name, content):
    def plain(value):
        return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value

    text = json.dumps(content, default=plain, separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(text + "\n")


def calibration_error(confidence, correct, bins=15):
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(confidence[inside].mean() - correct[inside].mean())
    return total


def classification_case(classes, rows, seed, tenths=False):
    rng = np.random.default_rng(seed)
    labels = np.array([f"class {index}" for index in range(classes)])
    scores = rng.normal(size=(rows, classes))
    truth = np.array([rng.choice(classes, p=np.exp(s) / np.exp(s).sum()) for s in scores])
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    if tenths:  # many ties, and exact zeros and ones
        probabilities = np.round(probabilities * 8) / 8
        probabilities[:, -1] = 1 - probabilities[:, :-1].sum(axis=1)
        probabilities = np.abs(probabilities)
        probabilities /= probabilities.sum(axis=1, keepdims=True)
    predicted = probabilities.argmax(axis=1)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=range(classes), zero_division=0
    )
    auc = (
        metrics.roc_auc_score(truth, probabilities[:, 1])
        if classes == 2
        else metrics.roc_auc_score(truth, probabilities, multi_class="ovr", average="macro")
    )
    brier_probabilities = probabilities[:, 1] if classes == 2 else probabilities
    return {
        "classes": labels,
        "truth": labels[truth],
        "predicted": labels[predicted],
        "probabilities": probabilities,
        "expected": {
            "accuracy": metrics.accuracy_score(truth, predicted),
            "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted),
            "macroF1": metrics.f1_score(truth, predicted, average="macro"),
            "auc": auc,
            "logLoss": metrics.log_loss(truth, probabilities, labels=range(classes)),
            "brier": metrics.brier_score_loss(truth, brier_probabilities, labels=range(classes))
            if classes > 2
            else metrics.brier_score_loss(truth, brier_probabilities),
            "calibrationError": calibration_error(
                probabilities[np.arange(rows), predicted], predicted == truth
            ),
            "confusion": metrics.confusion_matrix(truth, predicted, labels=range(classes)),
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "support": support,
        },
    }


def write_metrics():
    rng = np.random.default_rng(5)
    truth = rng.normal(50, 20, 80)
    predicted = truth + rng.normal(0, 8, 80)
    lower, upper = predicted - 9, predicted + 11
    write(
        "metrics",
        {
            "classification": [
                classification_case(2, 60, 1),
                classification_case(2, 60, 2, tenths=True),
                classification_case(4, 90, 3),
                classification_case(5, 90, 4, tenths=True),
            ],
            "regression": {
                "truth": truth,
                "predicted": predicted,
                "lower": lower,
                "upper": upper,
                "expected": {
                    "rmse": metrics.root_mean_squared_error(truth, predicted),
                    "mae": metrics.mean_absolute_error(truth, predicted),
                    "r2": metrics.r2_score(truth, predicted),
                    "rae": np.abs(predicted - truth).sum() / np.abs(truth - truth.mean()).sum(),
                    "intervalCoverage": np.mean((lower <= truth) & (truth <= upper)),
                    "intervalWidth": 20,
                },
            },
        },
    )


def write_calibration():
    rng = np.random.default_rng(11)
    logits = rng.normal(size=(120, 4)) * 3
    truth = np.array([rng.choice(4, p=np.exp(z / 2.5) / np.exp(z / 2.5).sum()) for z in logits])

    def loss(log_temperature):
        scaled = logits / np.exp(log_temperature)
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_probabilities = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -log_probabilities[np.arange(120), truth].mean()

    fitted = optimize.minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-10})
    scores = rng.exponential(size=57)
    write(
        "calibration",
        {
            "temperature": {
                "logits": np.round(logits, 12),
                "truth": truth,
                "temperature": np.exp(fitted.x),
                "lossBefore": loss(0.0),
                "lossAfter": fitted.fun,
            },
            "conformal": {
                "scores": scores,
                "quantiles": [
                    {
                        "confidence": confidence,
                        "value": np.quantile(
                            scores, np.ceil(58 * confidence) / 57, method="inverted_cdf"
                        ),
                    }
                    for confidence in (0.5, 0.8, 0.9, 0.95)
                ],
            },
            "mcnemar": [
                {
                    "onlyFirst": first,
                    "onlySecond": second,
                    "pValue": stats.binomtest(first, first + second).pvalue,
                }
                for first, second in ((0, 5), (3, 9), (10, 10), (40, 22), (900, 1100))
            ],
        },
    )


def write_linear():
    rng = np.random.default_rng(21)
    rows = np.round(rng.normal(size=(60, 4)), 4)
    latent = rows @ rng.normal(size=(4, 3)) + rng.normal(size=(60, 3))
    three = latent.argmax(axis=1)
    two = (three == 2).astype(int)
    targets = np.round(rows @ [1.5, -2, 0.3, 0] + 4 + rng.normal(size=60), 4)
    wide = np.round(rng.normal(size=(12, 20)), 4)
    wide_targets = np.round(wide[:, 0] * 3 + rng.normal(size=12), 4)

    def logistic(labels, c):
        model = LogisticRegression(C=c, tol=1e-12, max_iter=100_000).fit(rows, labels)
        return {"labels": labels, "C": c, "coefficients": np.c_[model.coef_, model.intercept_]}

    def ridge(matrix, values, alpha):
        model = Ridge(alpha=alpha, solver="cholesky").fit(matrix, values)
        return {"rows": matrix, "targets": values, "alpha": alpha, "weights": model.coef_, "intercept": model.intercept_}

    write(
        "linear",
        {
            "rows": rows,
            "logistic": [logistic(two, 0.5), logistic(two, 50.0), logistic(three, 1.0), logistic(three, 20.0)],
            "ridge": [ridge(rows, targets, 0.1), ridge(rows, targets, 10.0), ridge(wide, wide_targets, 2.0)],
        },
    )


def preorder(model, node=0):
    """The tree as [feature, threshold, left, right] or the leaf's values."""
    tree = model.tree_
    if tree.children_left[node] < 0:
        return np.round(tree.value[node][0], 9).tolist()
    return [
        int(tree.feature[node]),
        float(tree.threshold[node]),
        preorder(model, tree.children_left[node]),
        preorder(model, tree.children_right[node]),
    ]


def untied(fit):
    """The tree that every seed grows: scikit-learn breaks ties between columns at random, we by their order."""
    trees = [preorder(fit(seed)) for seed in range(20)]
    assert all(tree == trees[0] for tree in trees), "equally good splits: choose other data"
    return trees[0]


def write_trees():
    rng = np.random.default_rng(31)
    rows = np.round(rng.normal(size=(120, 3)) * 256) / 256  # exact in single precision, as scikit-learn splits
    score = rows[:, 0] + np.sin(3 * rows[:, 1])
    labels = np.digitize(score + 0.4 * rng.normal(size=120), [-0.7, 0.8])
    targets = np.round(score + 0.1 * rng.normal(size=120), 4)
    trees = []
    for criterion, depth, leaf in (("gini", 3, 4), ("entropy", 5, 8)):
        tree = untied(
            lambda seed: DecisionTreeClassifier(
                criterion=criterion, max_depth=depth, min_samples_leaf=leaf, random_state=seed
            ).fit(rows, labels)
        )
        trees.append({"criterion": criterion, "depth": depth, "leafRows": leaf, "tree": tree})
    tree = untied(
        lambda seed: DecisionTreeRegressor(max_depth=4, min_samples_leaf=8, random_state=seed).fit(rows, targets)
    )
    trees.append({"criterion": "variance", "depth": 4, "leafRows": 8, "tree": tree})
    write("trees", {"rows": rows, "labels": labels, "targets": targets, "trees": trees})


def write_models():
    moons, moon_labels = datasets.make_moons(400, noise=0.25, random_state=41)
    blobs, blob_labels = datasets.make_blobs(400, centers=5, cluster_std=1.8, random_state=42)
    friedman, friedman_targets = datasets.make_friedman1(400, n_features=6, noise=0.5, random_state=43)
    tables = []
    for name, rows, labels in (("moons", moons, moon_labels), ("blobs", blobs, blob_labels)):
        rows = np.round(rows, 5)  # so many digits that no two distances are equal
        train, test = rows[:240], rows[240:]
        seen, asked = labels[:240], labels[240:]
        svm = SVC(C=10, gamma=0.5, decision_function_shape="ovo", tol=1e-5).fit(train, seen)
        decisions = svm.decision_function(test)
        decisions = -decisions[:, None] if decisions.ndim == 1 else decisions
        forests = [RandomForestClassifier(100, random_state=seed).fit(train, seen) for seed in range(10)]
        boosting = HistGradientBoostingClassifier(
            max_iter=60, early_stopping=False, max_leaf_nodes=8, min_samples_leaf=10, l2_regularization=1
        ).fit(train, seen)
        tables.append(
            {
                "name": name,
                "rows": rows,
                "labels": labels,
                "neighbours": {
                    metric: {k: KNeighborsClassifier(k, p=p).fit(train, seen).predict(test) for k in (1, 3, 10)}
                    for metric, p in (("euclidean", 2), ("manhattan", 1))
                },
                "svm": {"C": 10, "gamma": 0.5, "decisions": np.round(decisions, 4), "predictions": svm.predict(test)},
                "forestAccuracy": np.mean([forest.score(test, asked) for forest in forests]),
                "boostingAccuracy": boosting.score(test, asked),
            }
        )
    rows, targets = np.round(friedman, 5), np.round(friedman_targets, 3)
    train, test = rows[:240], rows[240:]
    seen, asked = targets[:240], targets[240:]
    svr = SVR(C=5, gamma=0.4, epsilon=0.2, tol=1e-5).fit(train, seen)
    forests = [
        RandomForestRegressor(100, max_features=2, random_state=seed).fit(train, seen) for seed in range(10)
    ]
    boosting = HistGradientBoostingRegressor(
        max_iter=100, early_stopping=False, max_leaf_nodes=8, min_samples_leaf=10, l2_regularization=1
    ).fit(train, seen)

    def error(model):
        return metrics.root_mean_squared_error(asked, model.predict(test))

    write(
        "models",
        {
            "trainRows": 240,
            "classification": tables,
            "regression": {
                "rows": rows,
                "targets": targets,
                "neighbours": {
                    metric: {k: KNeighborsRegressor(k, p=p).fit(train, seen).predict(test) for k in (1, 5)}
                    for metric, p in (("euclidean", 2), ("manhattan", 1))
                },
                "svr": {"C": 5, "gamma": 0.4, "epsilon": 0.2, "predictions": np.round(svr.predict(test), 4)},
                "forestError": np.mean([error(forest) for forest in forests]),
                "boostingError": error(boosting),
            },
        },
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    write_metrics()
    write_calibration()
    write_linear()
    write_trees()
    write_models()
